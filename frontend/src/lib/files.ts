/** The kinds of files that lists and tables can be had as. */
export const fileFormats = ['csv', 'xlsx'] as const;
export type FileFormat = (typeof fileFormats)[number];

type Value = string | number | boolean | undefined;

/** The address of a list as a file; what has no value is left out. */
export function fileAddress(
  path: string,
  format: FileFormat,
  query: Readonly<Record<string, Value | readonly Value[]>>,
): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const one of [value].flat()) if (one !== undefined) params.append(key, String(one));
  }
  return `/api/v1${path}.${format}?${params.toString()}`;
}
