package io.github.tursospring.auditlog.internal.reading;

import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/**
 * Emits the elements of a page, and completes when more is requested, not with the last
 * element as {@link Flux#fromIterable} does: the page after it is not requested before
 * its elements are.
 */
public final class OnDemand {

	private OnDemand() {
	}

	/** Emit all elements. */
	public static <T> Flux<T> all(List<T> elements) {
		return each(elements, (element) -> true);
	}

	static <T> Flux<T> each(List<T> elements, Predicate<? super T> filter) {
		return Flux.generate(elements::iterator, (Iterator<T> left, SynchronousSink<T> sink) -> {
			while (left.hasNext()) {
				T element = left.next();
				if (filter.test(element)) {
					sink.next(element);
					return left;
				}
			}
			sink.complete();
			return left;
		});
	}

}
