package io.github.tursospring.auditlog.internal.delivery;

import java.util.List;
import java.util.ServiceLoader;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;

/**
 * Makes an exporter use an {@link OtlpSender}, whatever senders are on the class path.
 */
final class OtlpSenderLoader implements ComponentLoader, HttpSenderProvider {

	@Override
	public <T> Iterable<T> load(Class<T> type) {
		return type.isInstance(this) ? List.of(type.cast(this))
				: ServiceLoader.load(type, OtlpSenderLoader.class.getClassLoader());
	}

	@Override
	public HttpSender createSender(HttpSenderConfig config) {
		return new OtlpSender(config);
	}

}
