# Completion of planner for bash; made by docs/make_shell.py.
_planner() {
  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "plan why treatments workouts book new log treat move away ill sync import serve rules --help --version" -- "$current"))
    return
  fi
  case "${COMP_WORDS[1]}" in
    plan) case "$previous" in
        --format) words="table json ics html" ;;
        *) words="-h --help -o --output --private --no-private --aftercare --from --weeks --format --today --rules" ;;
      esac ;;
    why) case "$previous" in
        --format) words="text json" ;;
        *) words="-h --help --put --plan --from --weeks --format --today --rules" ;;
      esac ;;
    treatments) case "$previous" in
        --format) words="table json" ;;
        *) words="-h --help --from --to --format --today --rules" ;;
      esac ;;
    workouts) case "$previous" in
        --format) words="text json" ;;
        *) words="-h --help --from --to --unsure --format --today --rules" ;;
      esac ;;
    book) case "$previous" in
        --side) words="left right both" ;;
        --format) words="text json" ;;
        *) words="-h --help --kind --region --side --between --at --minutes --sessions --every --most --from --plan --format --today --rules" ;;
      esac ;;
    new) case "$previous" in
        --format) words="table json" ;;
        *) words="-h --help --answers --format --today --rules" ;;
      esac ;;
    log) case "$previous" in
        --format) words="text json" ;;
        *) words="-h --help --date --from --until --time --did --minutes --pain --next-morning --soreness --limp --painkiller --region --sign --advice-sought --cleared --by --training-from --as-planned --undo --format --today --rules" ;;
      esac ;;
    treat) case "$previous" in
        --side) words="left right both" ;;
        --dose) words="light normal heavy" ;;
        --format) words="text json" ;;
        *) words="-h --help --region --side --minutes --dose -y --yes --format --today --rules" ;;
      esac ;;
    move) case "$previous" in
        --format) words="text json" ;;
        *) words="-h --help -y --yes --format --today --rules" ;;
      esac ;;
    away) case "$previous" in
        --format) words="text json" ;;
        *) words="-h --help --what --why -y --yes --format --today --rules" ;;
      esac ;;
    ill) case "$previous" in
        --format) words="text json" ;;
        *) words="-h --help --from --until --fever-days -y --yes --format --today --rules" ;;
      esac ;;
    sync) case "$previous" in
        --format) words="table json ics" ;;
        *) words="-h --help --to -o --output --from --weeks --format --private --no-private --plain-http --today --rules" ;;
      esac ;;
    import) case "$previous" in
        --format) words="text json" ;;
        *) words="-h --help -o --output --timezone --format --rules" ;;
      esac ;;
    serve) case "$previous" in
        *) words="-h --help --port --host --name --open --today --rules" ;;
      esac ;;
    rules) case "$previous" in
        --format) words="text json" ;;
        *) words="-h --help --treatment --region --check --format --rules" ;;
      esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _planner planner post-treatment-planner
