import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTexts } from '../../i18n';
import { Button } from '../../ui/Button';
import { EditForm } from '../../ui/forms/EditForm';
import { TextArea } from '../../ui/forms/fields';
import { Section } from '../../ui/layout';
import { Loaded } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { Insiders } from '../../ui/Visibility';
import type { Forum } from './queries';
import { useSaveWords, wordsQuery, type WatchedWords as Words } from './wordQueries';

/** The words by which the forum's secretary is offered what decision services publish. */
export function WatchedWords({ forum }: { forum: Forum }) {
  const {
    decisionFeeds: { words: t },
    content: { insiders },
  } = useTexts();
  const words = useQuery(wordsQuery(forum.id));
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const may = words.data?.permissions.includes('watch_list.edit');
  return (
    <Section
      id="words"
      title={t.title}
      aside={
        may &&
        !open && (
          <Button variant="secondary" small onClick={() => setOpen(true)}>
            {t.edit}
          </Button>
        )
      }
    >
      <Insiders what={insiders.watchedWords} only={insiders.secretaries}>
        <p className="meta">{t.lead}</p>
        <Loaded query={words}>
          {(list) =>
            open ? (
              <WordsForm
                forumId={forum.id}
                list={list}
                onClose={() => setOpen(false)}
                onSaved={() => {
                  setOpen(false);
                  toast(t.saved);
                }}
              />
            ) : (
              <p className={list.words.length === 0 ? 'meta' : undefined}>
                {list.words.join(', ') || t.none}
              </p>
            )
          }
        </Loaded>
      </Insiders>
    </Section>
  );
}

interface WordsFormProps {
  forumId: string;
  list: Words;
  onClose: () => void;
  onSaved: () => void;
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

function WordsForm({ forumId, list, onClose, onSaved }: WordsFormProps) {
  const t = useTexts().decisionFeeds.words;
  const save = useSaveWords(forumId);
  const [initial] = useState(() => ({ text: list.words.join('\n') }));
  return (
    <EditForm
      label={t.edit}
      initial={initial}
      version={list.version}
      save={({ text }, version) => save.mutateAsync({ version, words: linesOf(text) })}
      onSaved={onSaved}
      onCancel={onClose}
      current={(resource) => {
        const saved = resource as Words;
        return { body: { text: saved.words.join('\n') }, version: saved.version };
      }}
      describe={({ text }) => [{ key: 'words', label: t.field, text }]}
    >
      {({ body, set, error }) => (
        <TextArea
          label={t.field}
          hint={t.hint}
          rows={6}
          value={body.text}
          onChange={(text) => set({ text })}
          error={
            error('/words') ??
            linesOf(body.text)
              .map((_, index) => error(`/words/${index}`))
              .find(Boolean)
          }
        />
      )}
    </EditForm>
  );
}
