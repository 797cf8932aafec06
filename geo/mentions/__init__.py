"""Place names in running text: the gazetteer proposes, a linear model decides, the ranker of documents has its say."""
