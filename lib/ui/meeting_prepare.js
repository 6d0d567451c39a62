// The page where a meeting is prepared: what is chosen there is kept on this machine.

let begun = false;

export default function ({ data }) {
  if (begun) keepChoice(data.choice.names);
  else takeUpChoice(data.choice);
  begun = true;
  return () => {
    begun = false;
  };
}
