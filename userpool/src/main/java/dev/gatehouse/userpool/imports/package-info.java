/**
 * User imports (userpool.md §20): jobs, the upload of their CSV files, and the worker that turns
 * rows into users, password hashes of other systems included.
 *
 * <p>Owns the tables {@code import_job}, {@code import_chunk} and {@code import_active}. Does not
 * own how users are written ({@code directory}), how imported hashes are verified ({@code crypto}),
 * nor the route of the upload ({@code app}). No trigger runs here. Enter at {@link
 * dev.gatehouse.userpool.imports.ImportWorker}.
 */
@NullMarked
package dev.gatehouse.userpool.imports;

import org.jspecify.annotations.NullMarked;
