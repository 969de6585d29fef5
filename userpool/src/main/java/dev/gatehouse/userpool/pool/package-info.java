/** Pools and app clients: their settings, defaults and checks, and the store rows behind them. */
@NullMarked
package dev.gatehouse.userpool.pool;

import org.jspecify.annotations.NullMarked;
