import { expect, test } from "./fixtures/test";
import { findings } from "./fixtures/axe";
import { SignInPage } from "./pages/sign-in";

const sky = "Explain to a child of six why the sky is blue and the sunset is red.";
const nearSky = "Explain to a child of five why the sky is blue and the sunset is red.";
const rows = [
  { prompt: sky, language: "en" },
  { messages: [{ role: "user", content: nearSky }] },
  { prompt: sky },
  { prompt: "Answer ada@example.org or call 010-1234-5678." },
  { prompt: "A priority", priority: "high" },
];

test("a file is looked through before anything is added; near-duplicates are archived", async ({
  people,
  product,
  database,
}) => {
  const admin = await people.arrive();
  await SignInPage.byLink(admin, product.adminLink);
  const [{ id }] = database.rows<{ id: string }>("select id from campaign");
  const home = `/curate/campaigns/${id}/prompts`;
  const prompts = () =>
    database.count("select count(*) n from prompt where source = ?", "new.jsonl");
  const found: string[] = [];
  const kind = (name: string) => admin.getByRole("button", { name, exact: true });

  await test.step("what is in a file is said, line by line", async () => {
    await admin.goto(home);
    await admin.getByRole("link", { name: "Import prompts" }).click();
    await admin.getByLabel("Choose a file").setInputFiles({
      name: "new.jsonl",
      mimeType: "application/jsonl",
      buffer: Buffer.from(`${rows.map((row) => JSON.stringify(row)).join("\n")}\n{oops`),
    });
    await expect(admin.getByText("6 lines, 3 new prompts. Nothing is added yet.")).toBeVisible();
    found.push(...(await findings(admin, "an import")));
    await kind("Near-duplicates 1").click();
    await expect(admin.getByText(/% like line 1:/)).toBeVisible();
    await kind("Personal data 1").click();
    await expect(admin.locator("mark")).toHaveText([
      "E-mail address: ada@example.org",
      "Phone number: 010-1234-5678",
    ]);
    await kind("Said twice 1").click();
    await expect(admin.getByRole("row", { name: /^3/ })).toBeVisible();
    await kind("Cannot be read 2").click();
    await expect(admin.getByText("is not a whole number")).toBeVisible();
    await expect(admin.getByText("Not JSON.")).toBeVisible();
    expect(prompts()).toBe(0);
  });

  await test.step("it waits for the decision, and is added by it", async () => {
    await admin.reload();
    await admin.getByLabel("Phone number").selectOption({ label: "Keep it as it is" });
    await admin.getByRole("button", { name: "Add prompts" }).click();
    await expect(admin.getByText("3 prompts added")).toBeVisible();
    await admin.getByRole("link", { name: "See the prompts" }).click();
    await expect(admin.getByText("Answer [EMAIL] or call 010-1234-5678.")).toBeVisible();
    expect(prompts()).toBe(3);
    await admin.getByLabel("Source").selectOption({ label: "new.jsonl (3)" });
    await expect(admin.getByRole("row")).toHaveCount(4);
  });

  await test.step("one of two near-duplicates is kept", async () => {
    await admin.getByRole("link", { name: "Near-duplicates" }).click();
    await admin.getByLabel("Text").fill(sky.toUpperCase());
    await admin.getByRole("button", { name: "Find", exact: true }).click();
    await expect(
      admin.getByRole("region", { name: "Prompts like it" }).getByRole("row").nth(1),
    ).toContainText("100 %");
    found.push(...(await findings(admin, "near-duplicates")));
    await admin.getByRole("button", { name: `Keep “${sky.slice(0, 60)}”` }).click();
    await expect(admin.getByText("1 prompt archived.")).toBeVisible();
    await admin.goto(home);
    await admin.getByLabel("State").selectOption({ label: "Archived" });
    await expect(admin.getByText(nearSky)).toBeVisible();
    await admin.getByRole("checkbox", { name: /^Select “Explain/ }).check();
    await admin.getByRole("button", { name: "Restore 1 prompt" }).click();
    await expect(admin.getByText("1 prompt restored.")).toBeVisible();
  });
  expect(found).toEqual([]);
});
