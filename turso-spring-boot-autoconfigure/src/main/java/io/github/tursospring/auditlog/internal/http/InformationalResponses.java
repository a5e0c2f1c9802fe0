package io.github.tursospring.auditlog.internal.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;

/**
 * Discards informational responses (RFC 9110, 15.2) on the HTTP/1.1 connections of
 * Reactor Netty, which takes one of status 102 or above for the final response and
 * returns the connection to the pool, where the actual response then answers the next
 * request: of another organization, possibly. A second final response is refused for the
 * same reason.
 */
public final class InformationalResponses {

	private static final String HANDLER = "turso.informationalResponses";

	private InformationalResponses() {
	}

	/**
	 * Return a client that discards informational responses.
	 * @param httpClient the client to start from
	 * @return a client with connections of its own
	 */
	public static HttpClient discardedBy(HttpClient httpClient) {
		return httpClient.doOnChannelInit((observer, channel, remoteAddress) -> addHandler(channel));
	}

	private static void addHandler(Channel channel) {
		if (channel.pipeline().get(NettyPipeline.HttpCodec) != null) {
			channel.pipeline().addAfter(NettyPipeline.HttpCodec, HANDLER, new DiscardingHandler());
		}
	}

	/**
	 * Closes connections on which more than one final response arrives at once: a request
	 * that waits for a connection is sent from within the end of the first one, and would
	 * be answered by the second.
	 */
	private static final class DiscardingHandler extends ChannelInboundHandlerAdapter {

		private boolean discarding;

		private boolean interim;

		/** Whether what has arrived holds a complete final response. */
		private boolean answered;

		@Override
		@SuppressWarnings("FutureReturnValueIgnored")
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof HttpResponse response) {
				this.discarding = isDiscarded(response.status());
				this.interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
			}
			if (this.answered) {
				ReferenceCountUtil.release(message);
				context.close();
				return;
			}
			boolean last = message instanceof LastHttpContent;
			if (!this.discarding) {
				this.answered = last && !this.interim;
				context.fireChannelRead(message);
				return;
			}
			ReferenceCountUtil.release(message);
			if (last) {
				this.discarding = false;
				context.read();
			}
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) {
			this.answered = false;
			context.fireChannelReadComplete();
		}

		/** Reactor Netty handles 100 (Continue) and 101 (Switching Protocols) itself. */
		private static boolean isDiscarded(HttpResponseStatus status) {
			return status.codeClass() == HttpStatusClass.INFORMATIONAL
					&& status.code() > HttpResponseStatus.SWITCHING_PROTOCOLS.code();
		}

	}

}
