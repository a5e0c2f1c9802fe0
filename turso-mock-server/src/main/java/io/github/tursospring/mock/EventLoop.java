package io.github.tursospring.mock;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;

/**
 * The thread of a server and the port that it listens on.
 */
final class EventLoop implements AutoCloseable {

	private final List<Thread> threads = new CopyOnWriteArrayList<>();

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, this::newThread, NioIoHandler.newFactory());

	private final ChannelGroup channels = new DefaultChannelGroup(this.group.next(), true);

	/**
	 * Listen on a free port of the loopback interface.
	 * @param handler the handler of requests
	 * @return the port
	 */
	int listen(RequestHandler handler) {
		Channel listening = new ServerBootstrap().group(this.group)
			.channel(NioServerSocketChannel.class)
			.childHandler(new ChannelInitializer<SocketChannel>() {

				@Override
				protected void initChannel(SocketChannel channel) {
					EventLoop.this.channels.add(channel);
					channel.pipeline()
						.addLast(new HttpServerCodec(), new HttpServerKeepAliveHandler(),
								new HttpObjectAggregator(64 * 1024), handler);
				}

			})
			.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
			.syncUninterruptibly()
			.channel();
		this.channels.add(listening);
		return ((InetSocketAddress) listening.localAddress()).getPort();
	}

	ScheduledExecutorService executor() {
		return this.group;
	}

	private Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "mock-turso");
		thread.setDaemon(true);
		this.threads.add(thread);
		return thread;
	}

	/** Close the port and all connections, and end the thread. */
	@Override
	public void close() {
		// A group that shuts down without a quiet period can leave channels open
		this.channels.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
		this.group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
		try {
			for (Thread thread : this.threads) {
				thread.join(TimeUnit.SECONDS.toMillis(5));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
