import { useLang, useTexts } from '../i18n';
import { fileAddress, fileFormats } from '../lib/files';
import { canCompare } from '../lib/between';
import { AnchorButton } from './Button';
import { BetweenLink } from './BetweenLink';

interface FileLinksProps {
  /** The list's address in the API. */
  path: string;
  /** The filters and order of the list, as the API takes them. */
  query: Parameters<typeof fileAddress>[2];
}

const names = { csv: 'CSV', xlsx: 'Excel' };

/**
 * The list of a page as files: all its rows, by the filters that the page shows; and the way to what
 * changed in it between two days, if it knows the past.
 */
export function FileLinks({ path, query }: FileLinksProps) {
  const t = useTexts().ui;
  const lang = useLang();
  return (
    <span className="btns">
      {fileFormats.map((format) => (
        <AnchorButton
          key={format}
          variant="secondary"
          small
          download
          href={fileAddress(path, format, { lang, ...query })}
        >
          {t.download(names[format])}
        </AnchorButton>
      ))}
      {canCompare(path) && <BetweenLink path={path} query={query} />}
    </span>
  );
}
