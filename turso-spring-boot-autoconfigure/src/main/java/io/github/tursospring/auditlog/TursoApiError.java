package io.github.tursospring.auditlog;

import org.jspecify.annotations.Nullable;

/**
 * Error response of the server.
 *
 * @param status the HTTP status
 * @param error the error text: the body's {@code error} member, or the start of a body
 * that is not Turso's; {@code null} if there was none
 * @param code Turso's own error code, {@code null} if there was none
 * @param method the HTTP method of the request
 * @param uriTemplate the URI template of the request
 * @since 0.1.0
 */
public record TursoApiError(int status, @Nullable String error, @Nullable String code, String method,
		String uriTemplate) {
}
