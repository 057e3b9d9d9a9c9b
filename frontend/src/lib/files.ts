/** The kinds of files that lists and tables can be had as. */
export const fileFormats = ['csv', 'xlsx'] as const;
export type FileFormat = (typeof fileFormats)[number];

type Value = string | number | boolean | undefined;

type Query = Readonly<Record<string, Value | readonly Value[]>>;

/** What a file is asked for with, for an address; what has no value is left out. */
export function fileQuery(query: Query): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of [value].flat()) if (one !== undefined) params.append(key, String(one));
  }
  return params.toString();
}

/** The address of a list as a file. */
export function fileAddress(path: string, format: FileFormat, query: Query): string {
  return `/api/v1${path}.${format}?${fileQuery(query)}`;
}
