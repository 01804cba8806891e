(Define FromFile '(GROß |Kept|
  #!no-fold-case
  y))
