"use client";

import type { Asked } from "@/server/domain/asked";
import type { Answers } from "@/server/domain/ratings-schema";
import { QuestionField } from "./question-field";
import { fieldId } from "./rating-fields";

interface TaskQuestionsProps {
  asked: Asked;
  answers: Answers;
  onChange: (answers: Answers) => void;
}

/** The campaign's questions about the task as a whole. */
export function TaskQuestions({ asked, answers, onChange }: TaskQuestionsProps) {
  return asked.questions
    .filter(({ about }) => about === "task")
    .map((question) => (
      <QuestionField
        key={question.id}
        id={fieldId(null, question.id)}
        question={question}
        answer={answers[question.id]}
        onAnswer={(answer) => onChange({ ...answers, [question.id]: answer })}
      />
    ));
}
