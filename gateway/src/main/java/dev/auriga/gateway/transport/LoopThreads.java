// SPDX-License-Identifier: Apache-2.0
package dev.auriga.gateway.transport;

import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// Makes virtual threads that an event loop carries, where the JDK lets us, else ordinary ones.
///
/// JDK 25 has a virtual thread builder that takes a scheduler, but only for itself. It is reached
/// when the process runs with `--add-opens java.base/java.lang=ALL-UNNAMED`; without it, or on a JDK
/// that has no such builder, everything works the same on the ordinary scheduler. This is the one
/// place in the product that reflects on the JDK.
final class LoopThreads {
  private static final System.Logger LOG = System.getLogger(LoopThreads.class.getName());

  /// What the JDK keeps to itself, or why it cannot be had. Held in a constant, so that the compiler
  /// sees through the handles.
  private record Reach(
      @Nullable MethodHandle newBuilder, @Nullable MethodHandle currentCarrier, @Nullable Exception failure) {
    static Reach tried() {
      try {
        return reached();
      } catch (ReflectiveOperationException | RuntimeException unreachable) {
        return new Reach(null, null, unreachable);
      }
    }

    private static Reach reached() throws ReflectiveOperationException {
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup());
      Class<?> builder = lookup.findClass("java.lang.ThreadBuilders$VirtualThreadBuilder");
      MethodHandle newBuilder =
          MethodHandles.privateLookupIn(builder, MethodHandles.lookup())
              .findConstructor(builder, MethodType.methodType(void.class, Executor.class))
              .asType(MethodType.methodType(Thread.Builder.OfVirtual.class, Executor.class));
      MethodHandle currentCarrier =
          lookup.findStatic(Thread.class, "currentCarrierThread", MethodType.methodType(Thread.class));
      return new Reach(newBuilder, currentCarrier, null);
    }
  }

  private static final Reach REACH = Reach.tried();

  private final Threads mode;

  private LoopThreads(Threads mode) {
    this.mode = mode;
  }

  /// What the system property `auriga.threads` (`loop` or `ordinary`) asks for; null when unset.
  static @Nullable Threads wanted() {
    String property = System.getProperty("auriga.threads");
    if (property == null) {
      return null;
    }
    return switch (property) {
      case "loop" -> Threads.LOOP_CARRIED;
      case "ordinary" -> Threads.ORDINARY;
      default ->
          throw new IllegalArgumentException(
              "auriga.threads is neither loop nor ordinary: " + property);
    };
  }

  /// `wanted` is kept or refused; null takes the best there is.
  static LoopThreads of(@Nullable Threads wanted) {
    Exception unreachable = REACH.failure();
    if (wanted == Threads.ORDINARY) {
      return new LoopThreads(Threads.ORDINARY);
    }
    if (unreachable == null) {
      return new LoopThreads(Threads.LOOP_CARRIED);
    }
    if (wanted == Threads.LOOP_CARRIED) {
      throw new IllegalStateException(
          "event loops carry threads only with --add-opens java.base/java.lang=ALL-UNNAMED", unreachable);
    }
    LOG.log(
        Level.INFO,
        "Requests run on ordinary virtual threads ({0}); "
            + "with --add-opens java.base/java.lang=ALL-UNNAMED the event loops carry them.",
        unreachable.getClass().getSimpleName());
    return new LoopThreads(Threads.ORDINARY);
  }

  Threads mode() {
    return mode;
  }

  /// Threads that `loop` carries, when it can.
  ThreadFactory factory(Executor loop) {
    Thread.Builder.OfVirtual builder = mode == Threads.ORDINARY ? Thread.ofVirtual() : carriedBy(loop);
    return builder.inheritInheritableThreadLocals(false).name("exchange-", 1).factory();
  }

  private static Thread.Builder.OfVirtual carriedBy(Executor loop) {
    try {
      return (Thread.Builder.OfVirtual) Objects.requireNonNull(REACH.newBuilder()).invokeExact(loop);
    } catch (Throwable refused) { // what a method handle declares
      throw new IllegalStateException("no virtual thread builder for an event loop", refused);
    }
  }

  /// The platform thread that carries the calling thread; null when it is not known.
  @Nullable Thread carrier() {
    if (mode == Threads.ORDINARY) {
      return null;
    }
    try {
      return (Thread) Objects.requireNonNull(REACH.currentCarrier()).invokeExact();
    } catch (Throwable refused) { // what a method handle declares
      throw new IllegalStateException("the carrier thread is unknown", refused);
    }
  }
}
