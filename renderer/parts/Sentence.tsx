interface SentenceProps {
  readonly text: string;
  readonly className?: string;
}

/** Words whose lines break after 、 and 。 wherever a clause has room in one line: easier to read than full lines. */
export function Sentence({ text, className }: SentenceProps) {
  return (
    <p className={className}>
      {text.split(/(?<=[、。])/).map((clause, index) => (
        <span key={index} className="clause">
          {clause}
        </span>
      ))}
    </p>
  );
}
