import { z } from "zod";
import { findUserByEmail, insertLinkRequest } from "../db/queries/user";
import { write } from "../db/write";
import type { Services } from "./context";
import { mailedLinkMinutes, signInLinkFor } from "./invites";
import { linkMail, type Mail, type MailSettings, mailSettings, sendMail } from "./mail";
import { zEmail } from "./users";

export const zRequestLink = z.object({ email: zEmail });

/**
 * Somebody asks for a sign-in link: by mail where one is configured, else an admin sees that they ask. The answer is
 * the same whether the address is known or not, and does not wait for the mail, so that neither it nor its time
 * tells who has an account.
 */
export async function requestSignInLink(
  { db }: Services,
  { email }: z.output<typeof zRequestLink>,
  mail: MailSettings | null = mailSettings(),
  deliver: (mail: Mail) => Promise<void> = (each) => sendMail(mail!, each),
): Promise<{ by: "mail" | "admin" }> {
  const person = await findUserByEmail(db.read, email);
  if (!person || person.disabledAt) return { by: mail ? "mail" : "admin" };
  if (!mail) {
    await write(db, (tx) => insertLinkRequest(tx, person.id));
    return { by: "admin" };
  }
  const { path } = await write(db, (tx) => signInLinkFor(tx, person, { createdById: person.id }));
  const link = new URL(path, mail.site).href;
  const about = { minutes: mailedLinkMinutes, locale: person.locale };
  deliver(linkMail(email, link, about)).catch((error: unknown) =>
    console.error("The sign-in link could not be mailed:", error),
  );
  return { by: "mail" };
}
