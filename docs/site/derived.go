package main

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// share is a reason with how many messages have it.
type share struct {
	Reason   string `json:"reason"`
	Messages int    `json:"messages"`
}

// practice is what the known messages that come with a reply code are about.
type practice struct {
	Code     string  `json:"code"`
	Messages int     `json:"messages"`
	Reasons  []share `json:"reasons"` // the most frequent first
}

// writeDerived writes what Hugo's templates cannot work out themselves in
// reasonable time.
func writeDerived(dir string, d *dataset) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	derived := map[string]any{"practice": practices(d), "files": downloads, "order": orderOf(d)}
	for name, v := range derived {
		b, err := json.Marshal(v)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name+".json"), b, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// practices counts the reasons of the messages that come with each reply code.
func practices(d *dataset) []practice {
	count := map[string]map[string]int{}
	for _, p := range d.Providers {
		for _, m := range p.value.Messages {
			for _, code := range repliesOf(m.value.Codes) {
				if count[code] == nil {
					count[code] = map[string]int{}
				}
				count[code][m.value.Reason]++
			}
		}
	}
	list := []practice{}
	for _, r := range d.Replies {
		p := practice{Code: strconv.Itoa(r.value.Code), Reasons: []share{}}
		for reason, n := range count[p.Code] {
			p.Messages += n
			p.Reasons = append(p.Reasons, share{reason, n})
		}
		slices.SortFunc(p.Reasons, func(a, b share) int {
			return cmp.Or(-cmp.Compare(a.Messages, b.Messages), cmp.Compare(a.Reason, b.Reason))
		})
		list = append(list, p)
	}
	return list
}

// order lists ids as the data has them: templates see objects sorted by key.
type order struct {
	Reasons      []string `json:"reasons"`
	Categories   []string `json:"categories"`
	Vocabularies []string `json:"vocabularies"`
}

func orderOf(d *dataset) order {
	return order{keys(d.Reasons), keys(d.Categories), keys(d.Vocabularies)}
}

func keys[V any](o object[V]) []string {
	var list []string
	for _, e := range o {
		list = append(list, e.key)
	}
	return list
}
