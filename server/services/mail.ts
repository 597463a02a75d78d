import nodemailer from "nodemailer";
import { AppError } from "../domain/app-error";

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

export interface MailSettings {
  /** `smtps://user:password@smtp.example.org` */
  smtp: string;
  from: string;
  /** The site's own address, which links in mails begin with. Never the address that a request names. */
  site: string;
}

/** What the environment says of mail; null where none is configured. @throws AppError when it says only half */
export function mailSettings(env: NodeJS.ProcessEnv = process.env): MailSettings | null {
  const { SMTP_URL: smtp, SMTP_FROM: from, REVEALED_URL: site } = env;
  if (!smtp) return null;
  if (!from || !site || !URL.canParse(site))
    throw new AppError(
      "bad-input",
      "SMTP_URL is set, but SMTP_FROM (the sender, for example revealed@example.org) or REVEALED_URL (the site's address, for example https://label.example.org) is not: set both, or unset SMTP_URL.",
    );
  return { smtp, from, site };
}

export async function sendMail({ smtp, from }: MailSettings, mail: Mail): Promise<void> {
  const transport = nodemailer.createTransport(smtp);
  try {
    await transport.sendMail({ ...mail, from });
  } finally {
    transport.close();
  }
}

/** The mail that brings a sign-in link. */
export function linkMail(
  to: string,
  link: string,
  { minutes, locale }: { minutes: number; locale: string | null },
): Mail {
  return locale === "ko"
    ? {
        to,
        subject: "Revealed 로그인 링크",
        text: `아래 링크로 한 번 로그인할 수 있어요. ${minutes}분 동안 쓸 수 있어요.\n\n${link}\n\n요청하지 않았다면 이 메일을 무시해 주세요. 링크를 누르지 않으면 아무 일도 일어나지 않아요.\n`,
      }
    : {
        to,
        subject: "Your sign-in link for Revealed",
        text: `This link signs you in once, within ${minutes} minutes:\n\n${link}\n\nYou did not ask for it? Do nothing: unless it is opened and confirmed, nothing happens.\n`,
      };
}
