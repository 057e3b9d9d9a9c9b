import { readProse } from '../lib/prose';

/** Longer plain text, set as paragraphs and lists. */
export function Prose({ text, lang }: { text: string; lang?: string }) {
  return (
    <div className="prose blocks" lang={lang}>
      {readProse(text).map((block, index) => {
        switch (block.kind) {
          case 'paragraph':
            return <p key={index}>{block.text}</p>;
          case 'bullets':
            return (
              <ul key={index}>
                {block.items.map((item, at) => (
                  <li key={at}>{item}</li>
                ))}
              </ul>
            );
          case 'numbers':
            return (
              <ol key={index} start={block.start}>
                {block.items.map((item, at) => (
                  <li key={at}>{item}</li>
                ))}
              </ol>
            );
        }
      })}
    </div>
  );
}
