/** Which modules get an adapter, by the rules of PEFT. */
export interface LoraTargets {
  /** Endings of modules' names, a regular expression for whole names, or "all-linear" (the head left out). */
  readonly targetModules: string | readonly string[];
  /** Endings or a regular expression; these are left out. */
  readonly excludeModules: string | readonly string[] | null;
  /** Of the modules found by endings, only those of these blocks. */
  readonly layersToTransform: readonly number[] | null;
  /** What the list of blocks is called ("h", "layers"); null takes the first number of a name. */
  readonly layersPattern: readonly string[] | null;
  /** Modules that learn whole. */
  readonly modulesToSave: readonly string[];
}

/** How adapters are made (LoRA, Hu et al. 2021); the names are PEFT's. */
export interface LoraSettings extends LoraTargets {
  readonly rank: number;
  /** The product is scaled by alpha/rank. */
  readonly alpha: number;
  /** By alpha/√rank instead (Kalajdzievski 2023). */
  readonly rslora: boolean;
  /** Share of an adapter's input that is dropped in training. */
  readonly dropout: number;
  /** Other ranks and alphas for modules whose names end so. */
  readonly rankPattern: Readonly<Record<string, number>>;
  readonly alphaPattern: Readonly<Record<string, number>>;
}

/** The adapters of a model. Its weights hold `MODULE.lora_A.weight` [r, in] and `MODULE.lora_B.weight` [out, r]. */
export interface Lora {
  readonly settings: LoraSettings;
  readonly layers: ReadonlyMap<string, LoraLayer>;
  /** Weights that learn whole, by name; what they were before is kept under `original.NAME`. */
  readonly saved: readonly string[];
}

export interface LoraLayer {
  readonly rank: number;
  /** [out, in] of what it stands beside */
  readonly shape: readonly [number, number];
  /** W' = W + scale·B·A */
  readonly scale: number;
}
