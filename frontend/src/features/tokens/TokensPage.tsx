import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useMe } from '../../api/me';
import { usePartyLooks } from '../../api/parties';
import { CopyAddress } from '../../content/CopyAddress';
import { useLang, useTexts } from '../../i18n';
import { formatDate } from '../../lib/dates';
import { localised } from '../../lib/text';
import { whenSaved } from '../../lib/whenSaved';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { FileLinks } from '../../ui/FileLinks';
import { TextArea } from '../../ui/forms/fields';
import { InlineUpdateForm } from '../../ui/forms/InlineUpdateForm';
import { Note, Section } from '../../ui/layout';
import { PageHead } from '../../ui/Page';
import { Who } from '../../ui/PartyMark';
import { fieldError } from '../../ui/problemTexts';
import { EmptyState, Loaded, LoadingLines } from '../../ui/states';
import { useToast } from '../../ui/Toast';
import { tokensQuery, useRevokeToken, type Token } from './queries';
import { TokenForm } from './TokenForm';

/** API tokens: one's own, and for administrators and auditors those of others. */
export function TokensPage() {
  const texts = useTexts();
  const t = texts.tokens;
  const tell = useToast();
  const me = useMe().data;
  const tokens = useInfiniteQuery({ ...tokensQuery, enabled: me?.signedIn === true });
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<{ name: string; secret: string }>();
  const head = useRef<HTMLDivElement>(null);
  if (!me?.signedIn) {
    return (
      <>
        <PageHead title={t.title} />
        {me ? <EmptyState title={t.signedOut} text={t.noRole} /> : <LoadingLines />}
      </>
    );
  }
  return (
    <div ref={head} tabIndex={-1}>
      <PageHead
        title={t.title}
        lead={t.lead}
        actions={<FileLinks path="/api-tokens" query={{}} />}
      />
      <div className="stack">
        <Section title={t.mine}>
          <div className="stack">
            {made && (
              <Made
                made={made}
                onSeen={() => {
                  setMade(undefined);
                  head.current?.focus();
                }}
              />
            )}
            {me.hasRole && !made && (
              <p className="acts">
                <Button
                  variant="secondary"
                  small
                  aria-expanded={making}
                  onClick={() => setMaking(!making)}
                >
                  {t.create}
                </Button>
              </p>
            )}
            {!me.hasRole && <p className="meta">{t.noRole}</p>}
            {making && (
              <TokenForm
                me={me}
                onMade={(token) => {
                  setMade(token);
                  setMaking(false);
                  tell(t.made);
                }}
                onClose={() => setMaking(false)}
              />
            )}
            <Loaded query={tokens}>
              {({ pages }) => {
                const own = pages.flatMap(({ items }) => items).filter(({ mine }) => mine);
                return own.length === 0 ? (
                  <EmptyState title={t.none} />
                ) : (
                  <Tokens caption={t.mine} tokens={own} />
                );
              }}
            </Loaded>
          </div>
        </Section>
        <Others
          tokens={tokens.data?.pages.flatMap(({ items }) => items).filter(({ mine }) => !mine)}
        />
        {tokens.hasNextPage && (
          <p className="acts">
            <Button
              variant="secondary"
              small
              aria-disabled={tokens.isFetchingNextPage}
              onClick={() => void tokens.fetchNextPage()}
            >
              {texts.ui.loadMore}
            </Button>
          </p>
        )}
      </div>
    </div>
  );
}

/** The secret of a token that was made just now; the focus comes here, since it is told once. */
function Made({ made, onSeen }: { made: { name: string; secret: string }; onSeen: () => void }) {
  const t = useTexts().tokens;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div className="stack" ref={box} tabIndex={-1}>
      <Note>{t.shownOnce}</Note>
      <CopyAddress label={t.secret(made.name)} address={made.secret} />
      <p className="acts">
        <Button variant="secondary" small onClick={onSeen}>
          {t.seen}
        </Button>
      </p>
    </div>
  );
}

function Others({ tokens = [] }: { tokens?: readonly Token[] }) {
  const t = useTexts().tokens;
  if (tokens.length === 0) return null;
  return (
    <Section title={t.others}>
      <p className="prose">{t.othersHelp}</p>
      <Tokens caption={t.others} tokens={tokens} withOwner />
    </Section>
  );
}

interface TokensProps {
  caption: string;
  tokens: readonly Token[];
  withOwner?: boolean;
}

function Tokens({ caption, tokens, withOwner }: TokensProps) {
  const t = useTexts().tokens;
  const lang = useLang();
  const looks = usePartyLooks(lang);
  const [revoking, setRevoking] = useState<string | null>(null);
  return (
    <DataTable<Token>
      caption={caption}
      columns={[
        {
          key: 'name',
          header: t.what,
          kind: 'name',
          render: ({ name, purpose, post }) => (
            <>
              <span>{name}</span>
              <span className="meta df">{purpose}</span>
              {post && (
                <span className="meta df">{t.actsIn(localised(post.title, lang).value)}</span>
              )}
            </>
          ),
        },
        ...(withOwner
          ? [
              {
                key: 'owner',
                header: t.owner,
                render: ({ owner, partyId }: Token) => (
                  <Who party={looks(partyId)}>{owner.name}</Who>
                ),
              },
            ]
          : []),
        {
          key: 'scopes',
          header: t.may,
          render: ({ scopes }) => (
            <ul>
              {scopes.map((scope) => (
                <li key={scope}>{t.scopeNames[scope]}</li>
              ))}
            </ul>
          ),
        },
        {
          key: 'state',
          header: t.state,
          render: ({ state, expiresOn, expiresSoon, revokeReason }) => (
            <>
              {t.states[state]}
              {state === 'active' && (
                <span className="meta df">{t.until(formatDate(expiresOn, lang))}</span>
              )}
              {state === 'active' && expiresSoon && <strong className="df">{t.soon}</strong>}
              {revokeReason && <span className="meta df">{revokeReason}</span>}
            </>
          ),
        },
        {
          key: 'used',
          header: t.lastUsed,
          render: ({ lastUsedOn }) => (lastUsedOn ? formatDate(lastUsedOn, lang) : t.never),
        },
        {
          key: 'revoke',
          header: t.revoke,
          hiddenHeader: true,
          render: ({ id, name, permissions }) =>
            permissions.includes('api_token.revoke') && (
              <Button
                small
                variant="secondary"
                aria-expanded={revoking === id}
                aria-label={t.revokeOne(name)}
                onClick={() => setRevoking(revoking === id ? null : id)}
              >
                {t.revoke}
              </Button>
            ),
        },
      ]}
      groups={[{ key: 'all', rows: tokens }]}
      rowKey={({ id }) => id}
      expanded={(token) =>
        token.id === revoking && (
          <RevokeForm key={token.id} token={token} onClose={() => setRevoking(null)} />
        )
      }
    />
  );
}

function RevokeForm({ token, onClose }: { token: Token; onClose: () => void }) {
  const texts = useTexts();
  const t = texts.tokens;
  const tell = useToast();
  const [reason, setReason] = useState('');
  const { mutateAsync, isPending, error } = useRevokeToken();
  return (
    <InlineUpdateForm
      label={t.revokeOne(token.name)}
      saveLabel={t.revoke}
      saving={isPending}
      error={error}
      onSave={() =>
        whenSaved(mutateAsync({ id: token.id, reason }), () => {
          tell(t.revoked);
          onClose();
        })
      }
      onCancel={onClose}
    >
      <p>{t.revokeHelp}</p>
      <TextArea
        label={t.reason}
        hint={t.reasonHint}
        rows={2}
        value={reason}
        onChange={setReason}
        maxLength={500}
        error={fieldError(error, '/reason', texts)}
      />
    </InlineUpdateForm>
  );
}
