package io.github.tursospring.auditlog;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * A JSON object of few members, in their order, as an unmodifiable map. Takes a fraction
 * of the memory of a hash table, and finds a member by looking at each.
 */
final class JsonObject extends AbstractMap<String, @Nullable Object> {

	/** With more members, a hash table is faster. */
	static final int MAX_SIZE = 8;

	/** Names and values in turn. */
	private @Nullable Object[] members = new @Nullable Object[4];

	private int size;

	/**
	 * Set a member while the object is read. Of several of a name, the last one counts.
	 * @return whether there was room for it
	 */
	boolean set(String name, @Nullable Object value) {
		int index = indexOf(name);
		if (index >= 0) {
			this.members[2 * index + 1] = value;
			return true;
		}
		if (this.size == MAX_SIZE) {
			return false;
		}
		if (2 * this.size == this.members.length) {
			this.members = Arrays.copyOf(this.members, 2 * this.members.length);
		}
		this.members[2 * this.size] = name;
		this.members[2 * this.size + 1] = value;
		this.size++;
		return true;
	}

	private int indexOf(@Nullable Object name) {
		for (int i = 0; i < this.size; i++) {
			if (name(i).equals(name)) {
				return i;
			}
		}
		return -1;
	}

	private String name(int index) {
		return String.valueOf(this.members[2 * index]);
	}

	private @Nullable Object value(int index) {
		return this.members[2 * index + 1];
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	public boolean containsKey(@Nullable Object key) {
		return indexOf(key) >= 0;
	}

	@Override
	public @Nullable Object get(@Nullable Object key) {
		int index = indexOf(key);
		return (index >= 0) ? value(index) : null;
	}

	@Override
	public void forEach(BiConsumer<? super String, ? super @Nullable Object> action) {
		for (int i = 0; i < this.size; i++) {
			action.accept(name(i), value(i));
		}
	}

	@Override
	public Set<Entry<String, @Nullable Object>> entrySet() {
		return new Entries();
	}

	private final class Entries extends AbstractSet<Entry<String, @Nullable Object>> {

		@Override
		public int size() {
			return JsonObject.this.size;
		}

		@Override
		public Iterator<Entry<String, @Nullable Object>> iterator() {
			return new Iterator<>() {

				private int next;

				@Override
				public boolean hasNext() {
					return this.next < size();
				}

				@Override
				public Entry<String, @Nullable Object> next() {
					if (!hasNext()) {
						throw new NoSuchElementException();
					}
					int index = this.next++;
					return new SimpleImmutableEntry<>(name(index), value(index));
				}

			};
		}

	}

}
