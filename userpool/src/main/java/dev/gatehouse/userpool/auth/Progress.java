package dev.gatehouse.userpool.auth;

import java.util.ArrayList;
import java.util.List;

/**
 * What a sign-in has shown, from its first round to its tokens. Travels in every {@link FlowState}.
 *
 * @param flowId 128 random bits as hex; the same over all rounds of one sign-in
 * @param custom whether it is CUSTOM_AUTH, which the pool's functions lead
 * @param proofs in the order in which they were shown
 * @param deviceKey {@code DEVICE_KEY} as the client has sent it last; empty = none
 * @param target the level that the sign-in is to reach; 0 = any
 * @param credited how many of the proofs an earlier sign-in has shown, whose access token came
 *     along
 */
public record Progress(
    String flowId, boolean custom, List<Proof> proofs, String deviceKey, int target, int credited) {
  public Progress {
    proofs = List.copyOf(proofs);
  }

  /** As long as a device key can be: a region, a line and a UUID. */
  private static final int LONGEST_DEVICE_KEY = 64;

  /** Where a sign-in begins. */
  static Progress beginning(String flowId, Parameters parameters) {
    return new Progress(flowId, false, List.of(), "", 0, 0).from(parameters);
  }

  /** With the device key of this round, where it names one that can exist. */
  Progress from(Parameters parameters) {
    String given = parameters.optional("DEVICE_KEY");
    return given.isEmpty() || given.length() > LONGEST_DEVICE_KEY || has(Proof.DEVICE)
        ? this // a device that has proven itself is the one that signs in
        : new Progress(flowId, custom, proofs, given, target, credited);
  }

  Progress ofCustomAuth() {
    return new Progress(flowId, true, proofs, deviceKey, target, credited);
  }

  /**
   * With the device key of this round alone. PASSWORD_VERIFIER's answer names the device anew: a
   * client that was told that its device is unknown answers again without it (auth.md §11).
   */
  Progress fromAnewBy(Parameters parameters) {
    return new Progress(flowId, custom, proofs, "", target, credited).from(parameters);
  }

  Progress with(Proof proof) {
    List<Proof> more = new ArrayList<>(proofs);
    more.add(proof);
    return new Progress(flowId, custom, more, deviceKey, target, credited);
  }

  /** Whether the device was what was shown last. */
  boolean endedByDevice() {
    return !proofs.isEmpty() && proofs.getLast() == Proof.DEVICE;
  }

  /** Going for a level, with what is credited. */
  Progress towards(int level, List<Proof> credit) {
    return new Progress(flowId, custom, credit, deviceKey, level, credit.size());
  }

  /** Whether this sign-in itself has shown something. */
  boolean shown() {
    return proofs.size() > credited;
  }

  /** Whether the level is still to be reached. */
  boolean belowTarget() {
    return target > 0 && Levels.of(proofs) < target;
  }

  boolean has(Proof proof) {
    return proofs.contains(proof);
  }

  /** Whether the password, or what stands for it, was shown and no second factor yet. */
  boolean passwordAlone() {
    return proofs.stream().noneMatch(Proof::isPasskey)
        && proofs.stream().anyMatch(Proof::callsForSecond)
        && proofs.stream().noneMatch(Proof::isSecondFactor);
  }
}
