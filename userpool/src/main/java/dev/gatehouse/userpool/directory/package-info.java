/**
 * Users: attributes, sign-in names, passwords, codes, attempt limits, and the store rows behind
 * them.
 */
@NullMarked
package dev.gatehouse.userpool.directory;

import org.jspecify.annotations.NullMarked;
