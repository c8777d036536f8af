"""Lists of goods as shops keep them (sheets, CSV, a chat's 接龙, a pasted table), read as offers."""
