/**
 * Keys that codes for a pool's own senders are encrypted under: of the configuration file, served
 * by three operations of KMS so that functions can decrypt, or those of a KMS elsewhere.
 *
 * <p>Does not own the keys that protect the database (module {@code store}). Enter at {@link
 * dev.gatehouse.triggers.kms.DataKeys} and {@link dev.gatehouse.triggers.kms.OwnKeys}.
 */
@NullMarked
package dev.gatehouse.triggers.kms;

import org.jspecify.annotations.NullMarked;
