package access_test

import (
	"slices"
	"testing"

	"yhdyspinta/domain/access"
)

func TestDeviceOf(t *testing.T) {
	t.Parallel()
	for userAgent, want := range map[string]access.Device{
		"": {Browser: "other", System: "other"},
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36":                     {Browser: "chrome", System: "windows"},
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0":       {Browser: "edge", System: "windows"},
		"Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36":    {Browser: "samsung", System: "android"},
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                              {Browser: "firefox", System: "linux"},
		"Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1":       {Browser: "chrome", System: "ios"},
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15":               {Browser: "safari", System: "macos"},
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 OPR/124.0.0.0": {Browser: "opera", System: "macos"},
		"<script>alert(1)</script>' or 1=1 --": {Browser: "other", System: "other"},
	} {
		got := access.DeviceOf(userAgent)
		if got != want || !slices.Contains(access.Browsers, got.Browser) || !slices.Contains(access.Systems, got.System) {
			t.Errorf("%q is %+v, not %+v", userAgent, got, want)
		}
	}
}
