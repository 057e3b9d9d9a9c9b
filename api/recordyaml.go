package api

import (
	"fmt"

	"gopkg.in/yaml.v3"

	"yhdyspinta/domain"
)

// readYAML reads meeting, attendance, items and their outcomes. Keys are those of the API's
// agenda items and outcomes; a text is one string in Finnish or one for each language.
func (f *recordFile) readYAML(data []byte) {
	var root yaml.Node
	if err := yaml.Unmarshal(data, &root); err != nil || len(root.Content) == 0 {
		f.wrong("", "not_readable", "", place{Line: yamlLine(err)})
		return
	}
	top := root.Content[0]
	if top.Kind != yaml.MappingNode {
		f.wrong("", "not_readable", "", nodePlace(top))
		return
	}
	var items *yaml.Node
	found := false
	for i := 0; i+1 < len(top.Content); i += 2 {
		key, node := top.Content[i], top.Content[i+1]
		switch key.Value {
		case "meeting":
			found = true
			f.places["/meeting"] = nodePlace(key)
			f.meeting(f.scalars("/meeting", node, nil))
		case "items":
			f.places["/items"] = nodePlace(key)
			items = node
		case "attendance":
			f.places["/attendance"] = nodePlace(key)
			if node.Kind != yaml.SequenceNode {
				f.wrong("/attendance", "malformed", key.Value, nodePlace(node))
				continue
			}
			for n, row := range node.Content {
				at := domain.Pointer("/attendance", n)
				f.places[at] = nodePlace(row)
				f.record.Attendance = append(f.record.Attendance, f.attendance(at, f.scalars(at, row, nil)))
			}
		default:
			f.wrong("/"+key.Value, "unknown_key", key.Value, nodePlace(key))
		}
	}
	if !found {
		f.wrong("/meeting", "required", "meeting", nodePlace(top))
	}
	if items == nil || items.Kind != yaml.SequenceNode {
		return
	}
	for n, node := range items.Content {
		at := domain.Pointer("/items", n)
		f.places[at] = nodePlace(node)
		var outcomes *yaml.Node
		item := f.item(at, f.scalars(at, node, map[string]**yaml.Node{"outcomes": &outcomes}))
		if outcomes != nil && outcomes.Kind == yaml.SequenceNode {
			for k, o := range outcomes.Content {
				under := domain.Pointer(at+"/outcomes", k)
				f.places[under] = nodePlace(o)
				item.Outcomes = append(item.Outcomes, f.outcome(under, f.scalars(under, o, nil)))
			}
		}
		f.record.Items = append(f.record.Items, item)
	}
}

func nodePlace(n *yaml.Node) place { return place{Line: n.Line, Column: n.Column} }

// yamlLine is the line that an error of the parser names; 0 if none.
func yamlLine(err error) (line int) {
	if err != nil {
		_, _ = fmt.Sscanf(err.Error(), "yaml: line %d:", &line)
	}
	return line
}

// scalars reads the keys of a mapping: its scalars, and one level of languages
// below it. Lists are handed over by their key.
func (f *recordFile) scalars(pointer string, node *yaml.Node, lists map[string]**yaml.Node) fields {
	out := fields{}
	if node.Kind != yaml.MappingNode {
		f.wrong(pointer, "malformed", "", nodePlace(node))
		return out
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, v := node.Content[i], node.Content[i+1]
		switch {
		case lists[key.Value] != nil:
			*lists[key.Value] = v
		case v.Kind == yaml.ScalarNode:
			if v.Tag != "!!null" {
				out[key.Value] = value{v.Value, nodePlace(v)}
			}
		case v.Kind == yaml.MappingNode:
			for j := 0; j+1 < len(v.Content); j += 2 {
				if lang, text := v.Content[j], v.Content[j+1]; text.Kind == yaml.ScalarNode && text.Tag != "!!null" {
					out[key.Value+"."+lang.Value] = value{text.Value, nodePlace(text)}
				}
			}
		default:
			f.wrong(pointer+"/"+key.Value, "malformed", key.Value, nodePlace(v))
		}
	}
	return out
}
