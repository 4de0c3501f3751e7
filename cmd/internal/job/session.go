package job

import (
	"context"
	"time"

	"github.com/alexedwards/scs/v2"
)

// Sessions keeps who is in, in the database, until their time is over: tokens as they are given, so that the manager
// has to give their hash (HashTokenInStore). They are in no backup.
func (a *Access) Sessions() scs.CtxStore { return sessions{a} }

type sessions struct{ of *Access }

func (s sessions) FindCtx(ctx context.Context, token string) (data []byte, ok bool, err error) {
	return s.of.db.Session(ctx, s.of.county.Region, token, s.of.now())
}

func (s sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return s.of.db.SaveSession(ctx, s.of.county.Region, token, data, expiry, s.of.now())
}

func (s sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.of.db.EndSession(ctx, s.of.county.Region, token)
}

// A CtxStore is a Store, too.

func (s sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

func (s sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

func (s sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
