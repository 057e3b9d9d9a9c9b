export interface paths {
  '/me': {
    get: {
      parameters: { query?: never; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: {
        200: {
          headers: Record<string, unknown>;
          content: { 'application/json': components['schemas']['Me'] };
        };
      };
    };
  };
}
export interface components {
  schemas: {
    Me: {
      signedIn: boolean;
      now: string;
      post?: components['schemas']['MyPost'];
      posts: components['schemas']['MyPost'][];
      permissions: string[];
      issuers: { party: components['schemas']['PartyRef']; signInUrl: string }[];
    };
    MyPost: {
      id: string;
      title: components['schemas']['Text'];
      party: components['schemas']['PartyRef'];
    };
    PartyRef: { id: string; code: string; name: components['schemas']['Text'] };
    Text: { fi: string; sv?: string; en?: string };
  };
}
