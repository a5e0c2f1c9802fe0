package io.github.tursospring.auditlog.internal.follow;

import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the JVM alive while followers run, as the threads of message listeners do: those
 * of Reactor and Netty are daemons.
 */
final class KeepAlive {

	private @Nullable CountDownLatch release;

	synchronized void start() {
		stop();
		CountDownLatch latch = new CountDownLatch(1);
		Thread thread = new Thread(() -> await(latch), "turso-audit-log-followers");
		thread.setDaemon(false);
		thread.start();
		this.release = latch;
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	synchronized void stop() {
		if (this.release != null) {
			this.release.countDown();
		}
		this.release = null;
	}

}
