import { expect, test } from "vitest";
import { mlflowAddress, zTracking } from "./tracking";

test("an address is told from what is none, and holds no password", () => {
  expect(mlflowAddress("https://mlflow.example.org/team/")).toBe("https://mlflow.example.org/team");
  expect(mlflowAddress("http://localhost:5000")).toBe("http://localhost:5000");
  expect(() => mlflowAddress("localhost:5000")).toThrow(/not the address of an MLflow server/);
  expect(() => mlflowAddress("http://me:secret@localhost")).toThrow(/MLFLOW_TRACKING_USERNAME/);
});

test("a form's answer is trimmed, or refused with the reason", () => {
  const of = (url: string, experiment = " sorting ") =>
    zTracking.safeParse({ tensorboard: true, mlflow: { url, experiment } });
  expect(of(" http://localhost:5000/ ").data?.mlflow).toEqual({
    url: "http://localhost:5000",
    experiment: "sorting",
  });
  expect(of("mlflow").error?.issues[0].message).toMatch(/"mlflow" is not the address/);
  expect(of("http://localhost", " ").success).toBe(false);
});
