package io.github.tursospring.mock;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;

import io.github.tursospring.mock.MockResponse.Body;
import io.github.tursospring.mock.MockResponse.Ending;
import io.github.tursospring.mock.MockResponse.Transfer;

/**
 * Reads requests from connections and writes the responses, complete or broken.
 */
@ChannelHandler.Sharable
@SuppressWarnings("FutureReturnValueIgnored") // Nobody reads what is not written
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

	private static final System.Logger logger = System.getLogger(MockTursoServer.class.getName());

	private final TursoApi api;

	private final String token;

	private final Duration latency;

	private final Consumer<MockRequest> requestListener;

	RequestHandler(TursoApi api, String token, Duration latency, Consumer<MockRequest> requestListener) {
		this.api = api;
		this.token = token;
		this.latency = latency;
		this.requestListener = requestListener;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext context, FullHttpRequest httpRequest) {
		MockRequest request = request(httpRequest);
		this.requestListener.accept(request.without(this.token));
		MockResponse response = this.api.answer(request, httpRequest.headers().get(HttpHeaderNames.AUTHORIZATION));
		long delay = this.latency.plus(response.delay()).toNanos();
		if (delay > 0) {
			context.executor().schedule(() -> write(context, response), delay, TimeUnit.NANOSECONDS);
		}
		else {
			write(context, response);
		}
	}

	private static MockRequest request(FullHttpRequest request) {
		QueryStringDecoder uri = new QueryStringDecoder(request.uri());
		Set<String> headers = request.headers()
			.names()
			.stream()
			.map((name) -> name.toLowerCase(Locale.ROOT))
			.collect(Collectors.toUnmodifiableSet());
		return new MockRequest(Instant.now(), request.method().name(), uri.path(), uri.parameters(), headers);
	}

	private static void write(ChannelHandlerContext context, MockResponse response) {
		Body body = Objects.requireNonNull(response.body());
		Transfer transfer = response.transfer();
		if (transfer.ending() == Ending.RESET && transfer.bytes() == 0) {
			reset(context);
			return;
		}
		HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(body.status()));
		head.headers().set(HttpHeaderNames.CONTENT_TYPE, body.contentType());
		response.headers().forEach(head.headers()::set);
		head.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.content().length);
		context.write(head);
		ByteBuf content = Unpooled.wrappedBuffer(body.content());
		if (transfer.ending() == Ending.COMPLETE) {
			writeParts(context, content, transfer);
			return;
		}
		context
			.writeAndFlush(
					new DefaultHttpContent(content.readSlice(Math.min(transfer.bytes(), content.readableBytes()))))
			.addListener((written) -> end(context, transfer.ending()));
	}

	private static void writeParts(ChannelHandlerContext context, ByteBuf content, Transfer transfer) {
		if (content.readableBytes() <= transfer.bytes()) {
			context.write(new DefaultHttpContent(content));
			context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
			return;
		}
		context.writeAndFlush(new DefaultHttpContent(content.readRetainedSlice(transfer.bytes())))
			.addListener((written) -> {
				if (written.isSuccess()) {
					context.executor()
						.schedule(() -> writeParts(context, content, transfer), transfer.interval().toNanos(),
								TimeUnit.NANOSECONDS);
				}
			});
	}

	private static void end(ChannelHandlerContext context, Ending ending) {
		switch (ending) {
			case CLOSE -> context.close();
			case RESET -> reset(context);
			default -> {
			}
		}
	}

	private static void reset(ChannelHandlerContext context) {
		context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
		context.close();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		if (!(cause instanceof IOException)) {
			logger.log(Level.WARNING, "A request to the mock Turso server failed; closing its connection", cause);
		}
		context.close();
	}

}
