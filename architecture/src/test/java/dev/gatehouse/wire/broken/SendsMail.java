package dev.gatehouse.wire.broken;

import jakarta.mail.Session;

/** Mail is {@code delivery}'s. */
public record SendsMail(Session session) {}
