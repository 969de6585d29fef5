package dev.gatehouse.delivery.broken;

import dev.gatehouse.http.HttpAnswer;

/** A capability never sees an edge. */
public record SeesAnEdge(HttpAnswer answer) {}
