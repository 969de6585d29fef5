/**
 * The program: command line, configuration, and {@link dev.gatehouse.app.Server}, the one place
 * where everything is wired together.
 */
@NullMarked
package dev.gatehouse.app;

import org.jspecify.annotations.NullMarked;
