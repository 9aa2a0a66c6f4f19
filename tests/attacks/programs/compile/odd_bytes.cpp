// Is no text at all.
// gets: not built
int  main( {
  "\xff\xfe";
   }
