/**
 * The listeners: TLS, virtual threads, limits in size and time, routes, access log, CORS, trusted
 * proxies, rate limits, graceful stop.
 *
 * <p>The only package that imports the HTTP library; other edges see {@link
 * dev.gatehouse.http.HttpRequest}, {@link dev.gatehouse.http.HttpAnswer} and {@link
 * dev.gatehouse.http.Router}. Knows no AWS operation. Enter at {@link
 * dev.gatehouse.http.HttpListener}.
 */
@NullMarked
package dev.gatehouse.http;

import org.jspecify.annotations.NullMarked;
