package io.github.tursospring.autoconfigure;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.eclipse.jetty.client.ContentDecoder;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.HttpComponentsClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.JettyClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.client.reactive.ClientHttpResponseDecorator;
import org.springframework.http.client.reactive.HttpComponentsClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import io.github.tursospring.auditlog.internal.http.InformationalResponses;
import io.github.tursospring.auditlog.internal.http.SafeCancellation;

/**
 * The HTTP client of the audit-log client: its connector is built for the first request
 * and closed with the application context. Resources that the connector shares with
 * others can end while the context is stopped, so one that has no others is built again.
 */
final class TursoHttpClient implements SmartLifecycle, DisposableBean {

	private static final Log logger = LogFactory.getLog(TursoHttpClient.class);

	private static final int MAX_HEADERS_SIZE = 64 * 1024;

	private static final int MAX_HEADERS = 1000;

	private final Supplier<WebClient.Builder> webClientBuilder;

	private final ClientHttpConnectorBuilder<?> connectorBuilder;

	private @Nullable ClientHttpConnector connector;

	private final List<AutoCloseable> resources = Collections.synchronizedList(new ArrayList<>());

	private boolean running;

	private volatile Sinks.Empty<ClientHttpResponse> stop = Sinks.empty();

	TursoHttpClient(Supplier<WebClient.Builder> webClientBuilder, ClientHttpConnectorBuilder<?> connectorBuilder) {
		this.webClientBuilder = webClientBuilder;
		this.connectorBuilder = connectorBuilder;
	}

	/**
	 * Create a builder of the client. Builders share the connector: where a customizer
	 * fails, this is called again.
	 * @param settings the settings of the connector
	 * @return the builder
	 */
	WebClient.Builder builder(HttpClientSettings settings) {
		return this.webClientBuilder.get()
			.clientConnector((method, uri, callback) -> Mono.firstWithSignal(this.stop.asMono(),
					Mono.defer(() -> SafeCancellation.of(connector(settings).connect(method, uri, callback)))))
			.codecs((codecs) -> codecs.defaultCodecs().enableLoggingRequestDetails(false));
	}

	private synchronized ClientHttpConnector connector(HttpClientSettings settings) {
		ClientHttpConnector built = this.connector;
		if (built == null) {
			built = build(settings);
			this.connector = built;
		}
		return built;
	}

	private ClientHttpConnector build(HttpClientSettings settings) {
		if (this.connectorBuilder instanceof ReactorClientHttpConnectorBuilder reactor) {
			return Reactor.build(reactor, settings);
		}
		if (this.connectorBuilder instanceof JettyClientHttpConnectorBuilder jetty) {
			return Jetty.build(jetty, settings, this.resources);
		}
		if (this.connectorBuilder instanceof HttpComponentsClientHttpConnectorBuilder apache) {
			return HttpComponents.build(apache, settings, this.resources);
		}
		ClientHttpConnector other = this.connectorBuilder.build(settings);
		if (other instanceof AutoCloseable closeable) {
			this.resources.add(closeable);
		}
		return other;
	}

	@Override
	public synchronized void start() {
		if (this.resources.isEmpty()) {
			this.connector = null;
		}
		this.stop = Sinks.empty();
		this.running = true;
	}

	/**
	 * Refuse requests until the next start: event loops that end leave those unanswered
	 * that are connecting.
	 */
	@Override
	public synchronized void stop() {
		this.running = false;
		this.stop.tryEmitError(new RejectedExecutionException("The application context has been stopped"));
	}

	@Override
	public synchronized boolean isRunning() {
		return this.running;
	}

	/** Start after the resources of Reactor Netty, and stop before them. */
	@Override
	public int getPhase() {
		return 1;
	}

	@Override
	public void destroy() {
		for (AutoCloseable resource : List.copyOf(this.resources)) {
			try {
				resource.close();
			}
			catch (Exception ex) {
				logger.debug("Failed to close the HTTP client", ex);
			}
		}
	}

	/** Reactor Netty is optional. Its shared resources are not closed. */
	private static final class Reactor {

		static ClientHttpConnector build(ReactorClientHttpConnectorBuilder builder, HttpClientSettings settings) {
			return builder.withHttpClientCustomizer(InformationalResponses::discardedBy).build(settings);
		}

	}

	/**
	 * Jetty is optional. Its connector does not close its client. By itself, the client
	 * limits no headers, and keeps a thread busy without end where a compressed body is
	 * cut.
	 */
	private static final class Jetty {

		/** Jetty looks for decoders of its own only where there is none. */
		private static final ContentDecoder.Factory IDENTITY = new ContentDecoder.Factory("identity") {
			@Override
			public Content.Source newDecoderContentSource(Content.Source source) {
				return source;
			}
		};

		static ClientHttpConnector build(JettyClientHttpConnectorBuilder builder, HttpClientSettings settings,
				List<AutoCloseable> resources) {
			return builder.withHttpClientCustomizer((HttpClient httpClient) -> {
				resources.add(httpClient::stop);
				if (httpClient.getMaxResponseHeadersSize() < 0) {
					httpClient.setMaxResponseHeadersSize(MAX_HEADERS_SIZE);
				}
				httpClient.getContentDecoderFactories().clear();
				httpClient.getContentDecoderFactories().put(IDENTITY);
			}).build(settings);
		}

	}

	/**
	 * Apache HttpComponents is optional. By itself, it limits no headers, and requests
	 * again what is answered with a status of 429 or 503. Its connector does not cancel
	 * requests: each would keep one of its few connections.
	 */
	private static final class HttpComponents {

		private static final Http1Config LIMITS = Http1Config.custom()
			.setMaxLineLength(MAX_HEADERS_SIZE)
			.setMaxHeaderCount(MAX_HEADERS)
			.build();

		private static final String CANCELLATION = "turso.cancellation";

		private static final String CONNECTED = "turso.connected";

		static ClientHttpConnector build(HttpComponentsClientHttpConnectorBuilder builder, HttpClientSettings settings,
				List<AutoCloseable> resources) {
			HttpComponentsClientHttpConnector connector = builder
				.withHttpClientCustomizer((client) -> client.setHttp1Config(LIMITS)
					.disableAutomaticRetries()
					.addExecInterceptorFirst(CANCELLATION, HttpComponents::execute)
					.addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), CONNECTED,
							HttpComponents::sendUnlessCancelled))
				.build(settings);
			resources.add(connector);
			return (method, uri, callback) -> connect(connector, method, uri, callback);
		}

		/**
		 * Cancels a request that waits for a connection, or has one. A connection that is
		 * cancelled while it is made would stay open.
		 */
		private static void execute(HttpRequest request, AsyncEntityProducer entity, AsyncExecChain.Scope scope,
				AsyncExecChain chain, AsyncExecCallback callback) throws HttpException, IOException {
			sendUnlessCancelled(request, entity, scope, chain, callback);
			if (scope.clientContext.getAttribute(CANCELLATION) instanceof Disposable.Swap cancellation) {
				cancellation.update(() -> {
					if (!scope.execRuntime.isEndpointAcquired() || scope.execRuntime.isEndpointConnected()) {
						scope.cancellableDependency.cancel();
						scope.execRuntime.discardEndpoint();
					}
				});
			}
		}

		private static void sendUnlessCancelled(HttpRequest request, AsyncEntityProducer entity,
				AsyncExecChain.Scope scope, AsyncExecChain chain, AsyncExecCallback callback)
				throws HttpException, IOException {
			if (scope.clientContext.getAttribute(CANCELLATION) instanceof Disposable cancellation
					&& cancellation.isDisposed()) {
				callback.failed(new InterruptedIOException("The request was cancelled"));
				return;
			}
			chain.proceed(request, entity, scope, callback);
		}

		private static Mono<ClientHttpResponse> connect(ClientHttpConnector connector, HttpMethod method, URI uri,
				Function<? super ClientHttpRequest, Mono<Void>> callback) {
			return Mono.defer(() -> {
				Disposable.Swap cancellation = Disposables.swap();
				return connector.connect(method, uri, (request) -> {
					request.getAttributes().put(CANCELLATION, cancellation);
					return callback.apply(request);
				}).doOnCancel(cancellation::dispose).map((response) -> new ClientHttpResponseDecorator(response) {
					@Override
					public Flux<DataBuffer> getBody() {
						return super.getBody().doOnCancel(cancellation::dispose);
					}
				});
			});
		}

	}

}
