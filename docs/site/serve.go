package main

import (
	"fmt"
	"mime"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

// serve serves a folder as a static host does: index.html for a folder, .gz
// where the browser takes it, 404.html for what is not there.
func serve(dir, addr string) error {
	s := &http.Server{Addr: addr, Handler: files(dir), ReadHeaderTimeout: 10 * time.Second}
	fmt.Printf("http://%s/\n", addr)
	return s.ListenAndServe()
}

func files(dir string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
			return
		}
		name := filepath.Join(dir, filepath.FromSlash(path.Clean("/"+r.URL.Path)))
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			if !strings.HasSuffix(r.URL.Path, "/") {
				http.Redirect(w, r, path.Base(r.URL.Path)+"/", http.StatusMovedPermanently)
				return
			}
			name = filepath.Join(name, "index.html")
		}
		status := http.StatusOK
		if _, err := os.Stat(name); err != nil {
			name, status = filepath.Join(dir, "404.html"), http.StatusNotFound
		}
		send(w, r, name, status)
	})
}

func send(w http.ResponseWriter, r *http.Request, name string, status int) {
	w.Header().Set("Content-Type", contentType(name))
	w.Header().Set("Vary", "Accept-Encoding")
	w.Header().Set("Cache-Control", "no-cache")
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		if _, err := os.Stat(name + ".gz"); err == nil {
			name += ".gz"
			w.Header().Set("Content-Encoding", "gzip")
		}
	}
	b, err := os.ReadFile(name)
	if err != nil {
		w.Header().Del("Content-Encoding")
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	w.WriteHeader(status)
	if r.Method == http.MethodGet {
		w.Write(b)
	}
}

// contentType does not trust what the machine's own table says of these.
func contentType(name string) string {
	switch ext := filepath.Ext(name); ext {
	case ".wasm":
		return "application/wasm"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".csv":
		return "text/csv; charset=utf-8"
	default:
		if t := mime.TypeByExtension(ext); t != "" {
			return t
		}
		return "application/octet-stream"
	}
}
