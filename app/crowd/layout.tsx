export { QuietPage as default } from "../ui/quiet-page";
