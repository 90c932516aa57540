"""What all tests share. The data folder is set earlier, by `tests.data_folder`."""
