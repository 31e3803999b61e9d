import type { Shell } from './shells.ts';

/** The command that the scripts ask; it is in no help. */
export const HIDDEN = '__complete';

/** What a shell has to read so that it completes: it asks the program, and only inserts. */
export const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `# ekscope: completion for bash. For this shell:     source <(ekscope completion bash)
# For all: ekscope completion bash > ~/.local/share/bash-completion/completions/ekscope
_ekscope() {
  local reply kind=
  COMPREPLY=()
  while IFS= read -r reply; do
    if [[ -z $kind ]]; then kind=$reply; else COMPREPLY+=("$reply"); fi
  done < <("$1" ${HIDDEN} bash "\${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null </dev/null)
  if [[ $kind == files ]]; then compopt -o default -o filenames 2>/dev/null; fi
}
complete -o nosort -F _ekscope ekscope 2>/dev/null || complete -F _ekscope ekscope
`,
  zsh: `#compdef ekscope
# ekscope: completion for zsh. For this shell:     source <(ekscope completion zsh)
# For all: ekscope completion zsh > a folder of $fpath, as _ekscope
_ekscope() {
  local -a lines values shown
  local line
  lines=("\${(@f)$("\${(Q)words[1]}" ${HIDDEN} zsh "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null </dev/null)}")
  if [[ $lines[1] == files ]]; then
    _files
    return
  fi
  for line in "\${(@)lines[2,-1]}"; do
    values+=("\${line%%$'\\t'*}")
    shown+=("\${line/$'\\t'/  -- }")
  done
  (( $#values )) && compadd -l -d shown -a -- values
}
if [[ $funcstack[1] == _ekscope ]]; then
  _ekscope "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
  compdef _ekscope ekscope
fi
`,
  fish: `# ekscope: completion for fish. For this shell:     ekscope completion fish | source
# For all: ekscope completion fish > ~/.config/fish/completions/ekscope.fish
function __ekscope_complete
    set -l words (commandline -opc)
    set -l lines ($words[1] ${HIDDEN} fish $words[2..-1] -- (commandline -ct) 2>/dev/null </dev/null)
    if test "$lines[1]" = files
        __fish_complete_path (commandline -ct)
    else if set -q lines[2]
        printf '%s\\n' $lines[2..-1]
    end
end
complete -c ekscope -f -a '(__ekscope_complete)'
`,
};
