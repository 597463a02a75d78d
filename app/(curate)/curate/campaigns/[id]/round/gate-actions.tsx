"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { errorMessage } from "@/app/lib/error-message";
import { useT } from "@/app/lib/i18n/client";
import { useTRPC } from "@/app/lib/trpc";
import { Button } from "@/app/ui/button";
import { Dialog } from "@/app/ui/dialog";
import { ErrorState } from "@/app/ui/error-state";
import type { PresentRound } from "@/server/services/rounds-view";
import { useChanged } from "../use-campaign";
import { GateChecks } from "./gate-checks";

/** Hold, go on, put aside: what a person can do with a round where it is. */
export function GateActions({ round, open }: { round: PresentRound; open: boolean }) {
  const gate = round.gates.find((one) => one.name === round.at);
  const ended = round.status === "done" || round.status === "failed";
  // where nothing goes on by itself there is nothing to hold
  const canHold = !ended && (round.held || !gate?.reasons.includes("by-hand"));
  return (
    <div className="mt-3 flex flex-wrap gap-2 empty:hidden">
      {gate && gate.name !== "train" && open && <GoOnButton round={round} gate={gate} />}
      {canHold && <HoldButton round={round} />}
      {round.canStop && <StopButton round={round} />}
    </div>
  );
}

function GoOnButton({ round, gate }: { round: PresentRound; gate: PresentRound["gates"][number] }) {
  const t = useT();
  const trpc = useTRPC();
  const { done } = useChanged();
  const [asking, setAsking] = useState(false);
  const goOn = useMutation(
    trpc.rounds.goOn.mutationOptions({
      onSuccess: () => {
        setAsking(false);
        return done("gate.went");
      },
    }),
  );
  const short = gate.reasons.includes("checks");
  const go = () => goOn.mutate({ roundId: round.id, gate: gate.name });
  return (
    <>
      <Button look="primary" busy={goOn.isPending} onClick={() => (short ? setAsking(true) : go())}>
        {t(short ? "gate.goOn.anyway" : "gate.goOn")}
      </Button>
      {goOn.isError && !asking && <ErrorState message={errorMessage(goOn.error, t)} />}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("gate.goOn.title")}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t("action.cancel")}</Button>
            <Button look="primary" busy={goOn.isPending} onClick={go}>
              {t("gate.goOn.anyway")}
            </Button>
          </>
        }
      >
        <p>{t("gate.goOn.what")}</p>
        <GateChecks ways={gate.ways} />
        {goOn.isError && <ErrorState message={errorMessage(goOn.error, t)} />}
      </Dialog>
    </>
  );
}

function HoldButton({ round }: { round: PresentRound }) {
  const t = useT();
  const trpc = useTRPC();
  const { onError, done } = useChanged();
  const { held } = round;
  const hold = useMutation(
    trpc.rounds.hold.mutationOptions({
      onError,
      onSuccess: () => done(held ? "gate.released" : "gate.held.done"),
    }),
  );
  const text = held ? "gate.release" : round.at ? "gate.hold" : "gate.hold.next";
  return (
    <Button busy={hold.isPending} onClick={() => hold.mutate({ roundId: round.id, held: !held })}>
      {t(text)}
    </Button>
  );
}

function StopButton({ round }: { round: PresentRound }) {
  const t = useT();
  const trpc = useTRPC();
  const { done } = useChanged();
  const [asking, setAsking] = useState(false);
  const stop = useMutation(
    trpc.rounds.stop.mutationOptions({
      onSuccess: () => {
        setAsking(false);
        return done("gate.stopped");
      },
    }),
  );
  return (
    <>
      <Button look="quiet" onClick={() => setAsking(true)}>
        {t("gate.stop")}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("gate.stop.title")}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t("action.cancel")}</Button>
            <Button
              look="danger"
              busy={stop.isPending}
              onClick={() => stop.mutate({ roundId: round.id })}
            >
              {t("gate.stop")}
            </Button>
          </>
        }
      >
        <p>{t("gate.stop.what")}</p>
        {stop.isError && <ErrorState message={errorMessage(stop.error, t)} />}
      </Dialog>
    </>
  );
}
