"use client";

import { FileUp } from "lucide-react";
import { useId } from "react";
import { buttonClass } from "@/app/ui/button";

interface FileButtonProps {
  label: string;
  /** Endings and kinds, as the input's `accept`. */
  accept: string;
  onFile: (file: File) => void;
}

/** Asks for one file. */
export function FileButton({ label, accept, onFile }: FileButtonProps) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className={buttonClass("secondary", "cursor-pointer has-focus-visible:outline-2")}
    >
      <FileUp aria-hidden className="size-4" />
      {label}
      <input
        id={id}
        type="file"
        accept={accept}
        className="sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
          event.target.value = ""; // the same file may be chosen again after a change
        }}
      />
    </label>
  );
}
