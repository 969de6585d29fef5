/**
 * Build tool: reads Smithy files and writes Java sources for the {@code model} module. Never on the
 * server's class path.
 */
@NullMarked
package dev.gatehouse.generator;

import org.jspecify.annotations.NullMarked;
