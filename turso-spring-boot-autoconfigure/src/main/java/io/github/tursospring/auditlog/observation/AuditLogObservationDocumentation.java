package io.github.tursospring.auditlog.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * Observations of reading audit logs.
 *
 * @since 0.1.0
 */
public enum AuditLogObservationDocumentation implements ObservationDocumentation {

	/**
	 * Created for each subscription to a reading, until it completes, fails or is
	 * cancelled; for a follow, which never ends, for each round from its position to the
	 * head of the log. Requests are its children.
	 */
	STREAM {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultAuditLogStreamObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinalityKeyNames.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinalityKeyNames.values();
		}

	};

	/**
	 * Low-cardinality key names, of metrics and traces.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/**
		 * What the log is read for: {@code stream-all}, {@code stream-pages},
		 * {@code list}, {@code retrieve} or {@code follow}.
		 */
		OPERATION {

			@Override
			public String asString() {
				return "operation";
			}

		},

		/**
		 * Order of reading: {@code asc} or {@code desc}.
		 */
		ORDER {

			@Override
			public String asString() {
				return "order";
			}

		},

		/**
		 * How it ended: {@code SUCCESS}, {@code ERROR} or {@code CANCELLED};
		 * {@code UNKNOWN} while in progress.
		 */
		OUTCOME {

			@Override
			public String asString() {
				return "outcome";
			}

		}

	}

	/**
	 * High-cardinality key names, of traces only.
	 */
	public enum HighCardinalityKeyNames implements KeyName {

		/**
		 * Number of entries emitted.
		 */
		ENTRIES {

			@Override
			public String asString() {
				return "turso.audit-logs.entries";
			}

		},

		/**
		 * Number of pages fetched.
		 */
		PAGES {

			@Override
			public String asString() {
				return "turso.audit-logs.pages";
			}

		}

	}

}
