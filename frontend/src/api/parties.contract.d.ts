import type { components } from './schema';

// The parties of the contract, until `npm run gen` writes them into schema.d.ts: then this file
// goes, since both cannot stand side by side.
declare module './schema' {
  interface paths {
    '/parties': {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      get: {
        parameters: { query?: never; header?: never; path?: never; cookie?: never };
        requestBody?: never;
        responses: {
          200: {
            headers: Record<string, unknown>;
            content: {
              'application/json': {
                items: {
                  id: string;
                  key: string;
                  principal: boolean;
                  letter: string;
                  name: components['schemas']['Text'];
                  shortName: components['schemas']['Text'];
                }[];
              };
            };
          };
        };
      };
    };
  }
}
