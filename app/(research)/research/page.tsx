import { redirect } from "next/navigation";

/** The wing's own address leads to what moves in it. */
export default function ResearchPage() {
  redirect("/research/runs");
}
