import { Parameters, type Weight } from "../graph/parameters";
import { Graph, type Tensor } from "../graph/tensor";
import { type Feeds, type InputSpecs, type Value, declareInputs } from "./feeds";
import { Program } from "./program";
import type { SessionOptions } from "./session";

export interface InferenceSpec<I extends InputSpecs, Out extends string> extends SessionOptions {
  /** Read at each run: what a trainer changes is seen. */
  weights: ReadonlyMap<string, Weight>;
  inputs: I;
  build(x: {
    inputs: Record<keyof I, Tensor>;
    params: Parameters;
    graph: Graph;
  }): Record<Out, Tensor>;
}

export interface Inference<In extends string, Out extends string> {
  run(feeds: Feeds<In>): Promise<Record<Out, Value>>;
  dispose(): Promise<void>;
}

/** A program without gradients: from weights and feeds to named values. */
export async function compileInference<I extends InputSpecs, Out extends string>(
  spec: InferenceSpec<I, Out>,
): Promise<Inference<keyof I & string, Out>> {
  const graph = new Graph();
  const inputs = declareInputs(graph, spec.inputs);
  const params = new Parameters(graph, spec.weights);
  const outputs = spec.build({ inputs, params, graph });
  return await Program.compile(outputs, spec.weights, new Map(), spec);
}
