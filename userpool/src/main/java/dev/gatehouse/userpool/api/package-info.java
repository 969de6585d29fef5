/** One class for each user pool operation. Thin: read the request, ask the capability, answer. */
@NullMarked
package dev.gatehouse.userpool.api;

import org.jspecify.annotations.NullMarked;
