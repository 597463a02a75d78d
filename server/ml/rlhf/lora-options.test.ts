import { expect, test } from "vitest";
import { loraSettingsOf, zLora } from "./lora-options";

const settings = (options: object) => loraSettingsOf(zLora.parse({ loraRank: 2, ...options }));

test("lists and patterns are said in words, as a form and a command line have them", () => {
  const said = settings({
    loraTargetModules: "up_proj, down_proj",
    loraLayersToTransform: "0, 2",
    loraRankPattern: "down_proj=16, up_proj = 8",
    loraAlphaPattern: "down_proj=0.5",
    loraModulesToSave: "embed_tokens, lm_head",
  });
  expect(said).toMatchObject({
    targetModules: ["up_proj", "down_proj"],
    layersToTransform: [0, 2],
    rankPattern: { down_proj: 16, up_proj: 8 },
    alphaPattern: { down_proj: 0.5 },
    modulesToSave: ["embed_tokens", "lm_head"],
  });
  const given = settings({
    loraTargetModules: ["up_proj", "down_proj"],
    loraLayersToTransform: [0, 2],
    loraRankPattern: { down_proj: 16, up_proj: 8 },
    loraAlphaPattern: { down_proj: 0.5 },
    loraModulesToSave: ["embed_tokens", "lm_head"],
  });
  expect(given).toEqual(said);
});

test("nothing said is nothing, and what cannot be read is refused", () => {
  const nothing = { rankPattern: {}, alphaPattern: {}, modulesToSave: [], layersToTransform: null };
  expect(settings({})).toMatchObject(nothing);
  const empty = { loraRankPattern: "", loraAlphaPattern: "", loraModulesToSave: "" };
  expect(settings(empty)).toMatchObject(nothing);
  for (const wrong of ["down_proj", "down_proj=big", "=3"])
    expect(zLora.safeParse({ loraRankPattern: wrong }).success).toBe(false);
  for (const wrong of ["first", "0,", "-1"])
    expect(zLora.safeParse({ loraLayersToTransform: wrong }).success).toBe(false);
});
