package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"huizong/cmd/internal/job"
)

func (p *program) accessCommand() *cobra.Command {
	command := &cobra.Command{
		Use:   "access add UNIT｜list｜remove UNIT",
		Short: "收表窗口的口令：发放、列出、取消 (codes to come into the window by: give, list, take back)",
		Args:  cobra.NoArgs,
		RunE:  func(command *cobra.Command, _ []string) error { return command.Help() },
	}
	command.AddCommand(p.accessAdd(), p.accessList(), p.accessRemove())
	return command
}

func (p *program) accessAdd() *cobra.Command {
	var role string
	var replace bool
	command := &cobra.Command{
		Use:   "add UNIT [--role staff|office|leader] [--replace]",
		Short: "发一个口令，只显示这一次 (give a code, which is shown once)",
		Example: "  huizong access add 交通运输局\n" +
			"  huizong access add 张三 --role office\n" +
			"  huizong access add 交通运输局 --replace",
		Args: cobra.ArbitraryArgs,
		RunE: func(command *cobra.Command, args []string) error {
			name := strings.TrimSpace(strings.Join(args, " "))
			switch {
			case !job.Role(role).Known():
				return fmt.Errorf(p.say("--role %s：请写 staff（填报）、office（汇总）或 leader（领导）", "--role %s: staff, office or leader"), role)
			case name == "":
				return errors.New(p.say("请写单位；汇总人员和领导写姓名，并用 --role 写明", "write a unit, or a name and --role office or leader"))
			}
			return p.works(func(ctx context.Context, _ []string) error {
				return p.giveCode(ctx, job.Role(role), name, replace)
			})(command, args)
		},
	}
	command.Flags().StringVar(&role, "role", string(job.Staff), "staff (hands in for a unit), office (runs and decides) or leader (reads)")
	command.Flags().BoolVar(&replace, "replace", false, "in the place of the code that there is, which counts no more")
	return command
}

func (p *program) accessList() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "列出谁有口令 (who has a code)",
		Args:  cobra.NoArgs,
		RunE:  p.works(func(ctx context.Context, _ []string) error { return p.listAccess(ctx) }),
	}
}

func (p *program) accessRemove() *cobra.Command {
	return &cobra.Command{
		Use:   "remove UNIT|ID",
		Short: "取消一个口令，即刻生效 (take a code back, at once)",
		Args:  cobra.ArbitraryArgs,
		RunE: func(command *cobra.Command, args []string) error {
			named := strings.TrimSpace(strings.Join(args, " "))
			if named == "" {
				return errors.New(p.say("请写单位、姓名或编号，见 huizong access list", "write a unit, a name or an ID: see huizong access list"))
			}
			return p.works(func(ctx context.Context, _ []string) error { return p.takeCode(ctx, named) })(command, args)
		},
	}
}

// personReport is somebody with a code, as --json has it.
type personReport struct {
	ID   string   `json:"id"`
	Role job.Role `json:"role"`
	Name string   `json:"name"`
	Made string   `json:"made"`
	Code string   `json:"code,omitempty"` // where it was just given
}

func newPersonReport(who job.Person) personReport {
	return personReport{ID: who.ID, Role: who.Role, Name: who.Name, Made: who.Made.Local().Format(time.DateTime)}
}

// accessOf opens who may come in. What is changed is done by the user of this machine.
func (p *program) accessOf(ctx context.Context) (*job.Access, error) {
	access, err := job.OpenAccess(ctx, p.databaseURL, p.county)
	if err != nil {
		return nil, err
	}
	access.Who = signer("")
	return access, nil
}

func (p *program) giveCode(ctx context.Context, role job.Role, name string, replace bool) error {
	access, err := p.accessOf(ctx)
	if err != nil {
		return err
	}
	defer access.Close()
	give := access.Add
	if replace {
		give = access.Replace
	}
	code, err := give(ctx, role, name)
	if err != nil {
		return p.unchanged(err)
	}
	who, _, err := access.Person(ctx, job.CodeID(code))
	if err != nil {
		return err
	}
	if p.json {
		report := newPersonReport(who)
		report.Code = code
		return p.writeJSON(report)
	}
	p.printf(p.say("%s的口令，只显示这一次：\n\n    %s\n\n", "the code of %s, which is shown this once:\n\n    %s\n\n"), p.person(who), code)
	p.printf("%s\n", p.say("在收表窗口的登录页输入，大小写、横线、空格都不要紧。请当面或打电话交给本人，不要发在群里；丢失或泄露的，用 --replace 换一个",
		"it is typed on the first page of the window, in any case, with or without dashes. Hand it over in person or by telephone; "+
			"one that is lost or told is replaced with --replace"))
	return nil
}

func (p *program) listAccess(ctx context.Context) error {
	access, err := p.accessOf(ctx)
	if err != nil {
		return err
	}
	defer access.Close()
	people, err := access.List(ctx)
	if err != nil {
		return err
	}
	if p.json {
		all := []personReport{}
		for _, who := range people {
			all = append(all, newPersonReport(who))
		}
		return p.writeJSON(map[string]any{"access": all})
	}
	for _, who := range people {
		p.printf("%s  %s  %s\n", who.ID, who.Made.Local().Format(time.DateOnly), p.person(who))
	}
	if missing := p.withoutCode(people); len(missing) > 0 {
		p.printf(p.say("还没有口令的单位%d个：%s\n", "%d units have no code yet: %s\n"), len(missing), strings.Join(missing, p.say("、", ", ")))
	}
	return nil
}

// withoutCode are the units whose staff cannot come in.
func (p *program) withoutCode(people []job.Person) (missing []string) {
	for _, unit := range p.county.Units {
		if !slices.ContainsFunc(people, func(who job.Person) bool { return who.Role == job.Staff && who.Name == unit.Name }) {
			missing = append(missing, unit.Name)
		}
	}
	return missing
}

func (p *program) takeCode(ctx context.Context, named string) error {
	access, err := p.accessOf(ctx)
	if err != nil {
		return err
	}
	defer access.Close()
	who, err := access.Remove(ctx, named)
	if err != nil {
		return p.unchanged(err)
	}
	if p.json {
		return p.writeJSON(newPersonReport(who))
	}
	p.printf(p.say("已取消%s的口令 %s，即刻生效\n", "the code of %s is taken back (%s), at once\n"), p.person(who), who.ID)
	return nil
}

// person names somebody with what they may do.
func (p *program) person(who job.Person) string {
	return fmt.Sprintf(p.say("%s（%s）", "%s (%s)"), who.Name, who.Role.In(p.lang))
}

// unchanged says why no code was given or taken back, and what to do.
func (p *program) unchanged(err error) error {
	var noUnit *job.NoUnit
	var has *job.HasCode
	var nobody *job.Nobody
	var several *job.Several
	switch {
	case errors.As(err, &noUnit):
		text := fmt.Sprintf(p.say("单位名单里没有“%s”", "the county lists no unit %q"), noUnit.Name)
		if len(noUnit.Near) > 0 {
			text += fmt.Sprintf(p.say("；是不是：%s", ": is it %s?"), strings.Join(noUnit.Near, p.say("、", ", ")))
		}
		return errors.New(text + p.say("。不是单位的，用 --role office 或 --role leader", ". Who is no unit wants --role office or leader"))
	case errors.As(err, &has):
		return fmt.Errorf(p.say("%s已有口令（%s开头，%s发的），没有变化；要换新的，加 --replace，旧的随即作废",
			"%s has a code already (%s…, of %s): nothing changed. With --replace there is a new one, and the old one counts no more"),
			p.person(has.Person), has.ID, has.Made.Local().Format(time.DateOnly))
	case errors.As(err, &nobody):
		return fmt.Errorf(p.say("“%s”没有口令，见 huizong access list", "nobody has a code by %q: see huizong access list"), nobody.Named)
	case errors.As(err, &several):
		var all []string
		for _, who := range several.People {
			all = append(all, who.ID+" "+p.person(who))
		}
		return fmt.Errorf(p.say("有几个：%s；请写编号", "there are several: %s: write the ID"), strings.Join(all, p.say("、", ", ")))
	}
	return err
}
